from django.urls import URLPattern, path

from mingcha.web.desk import audit

urlpatterns: list[URLPattern] = [
    path("trail/", audit.trail_list, name="trail_list"),
    path("trail/check/", audit.trail_check, name="trail_check"),
]
