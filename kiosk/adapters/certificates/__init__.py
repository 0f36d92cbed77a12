"""Signed health certificates, judged without a network by the issuers' keys of the office."""
