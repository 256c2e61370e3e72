"""Millions of invented firms, and what people ask of a list of them. Importing it sets Django up for its database."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.config.settings")
django.setup()
