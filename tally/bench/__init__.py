"""What `manage.py bench` measures: imports, questions and pages, each as a ratio in one run."""
