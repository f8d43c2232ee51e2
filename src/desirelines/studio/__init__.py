"""Drawing the plan together: shared documents, what people say about them, and what becomes of both."""
