from django.apps import AppConfig


class CeremonyConfig(AppConfig):
    name = "mingcha.web.ceremony"
    label = "web_ceremony"
