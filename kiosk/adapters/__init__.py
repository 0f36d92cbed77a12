"""The ports on real devices, files and libraries."""
