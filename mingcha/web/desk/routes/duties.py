from django.urls import URLPattern, path

from mingcha.web.desk import duties

urlpatterns: list[URLPattern] = [
    path("duties/", duties.duty_list, name="duty_list"),
]
