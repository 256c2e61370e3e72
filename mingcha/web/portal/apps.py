from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mingcha.web.portal"
    label = "web_portal"
