"""Here: the hash of the ledger's chain. Not here: what is sealed (the ledger decides)."""

import hashlib


def default_algorithm() -> str:
    """SM3 where OpenSSL has it, else SHA-256; the name is stored with every hash."""
    return "sm3" if "sm3" in hashlib.algorithms_available else "sha256"


def chain_digest(algorithm: str, text: str) -> str:
    """Hex digest of the text. Raises ValueError for an algorithm this machine lacks."""
    return hashlib.new(algorithm, text.encode()).hexdigest()
