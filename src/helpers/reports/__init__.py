"""Tables, figures and pages for reviewers."""
