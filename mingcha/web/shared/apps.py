from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "mingcha.web.shared"
    label = "web_shared"
