"""The main job: notebooks through papermill, and the publication of what they made."""
