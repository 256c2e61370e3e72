"""A register's file of invented firms, loaded by the platform and by its peers. Importing it sets Django up."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.config.settings")
django.setup()
