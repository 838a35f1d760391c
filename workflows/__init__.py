"""The law: which steps a task may take, who may take them, and what must be true first. Plain data."""
