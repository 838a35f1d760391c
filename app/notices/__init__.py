"""What people are told outside the house: listeners become an outbox, the outbox becomes messages on channels."""
