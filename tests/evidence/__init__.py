"""Tests of evidence: what comes in, what is kept, what is shown."""
