from django.apps import AppConfig

from mingcha.web.shared import form_words


class SharedConfig(AppConfig):
    name = "mingcha.web.shared"
    label = "web_shared"

    def ready(self) -> None:
        form_words.install()
