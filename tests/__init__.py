"""The tests of the house, mirroring app and workflows."""
