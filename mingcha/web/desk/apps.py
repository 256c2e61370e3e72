from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "mingcha.web.desk"
    label = "web_desk"
