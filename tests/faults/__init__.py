"""Faults on purpose: processes killed, lines cut, disks filled, hostile files; what was acknowledged is still there."""
