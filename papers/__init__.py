"""Here: official papers and tables: numbering, rendering, frozen files. Not here: any stage."""
