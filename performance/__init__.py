"""Here: 绩效: indicators, self-evaluation, evaluation and its consequences. Not here: moving a project."""
