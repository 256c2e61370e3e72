from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "mingcha.web.field"
    label = "web_field"
