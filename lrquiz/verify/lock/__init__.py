"""The lock of a bank: what its variants were proved to be, written, read, relied on and checked."""
