from django.urls import URLPattern, path

from mingcha.web.desk import organisation_bodies

urlpatterns: list[URLPattern] = [
    path("organisation/bodies/", organisation_bodies.body_list, name="body_list"),
    path("organisation/bodies/<slug:region>/name/", organisation_bodies.body_name, name="body_name"),
]
