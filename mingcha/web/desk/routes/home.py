from django.urls import URLPattern, path

from mingcha.web.desk import home

urlpatterns: list[URLPattern] = [path("", home.home, name="home")]
