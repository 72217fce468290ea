"""The same fact in several texts, copies of texts, and what each text stresses."""
