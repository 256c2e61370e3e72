from django.urls import URLPattern, path

from mingcha.web.desk import publication

urlpatterns: list[URLPattern] = [
    path("publication/", publication.publication_list, name="publication_list"),
    path("publication/<int:pk>/", publication.publication_detail, name="publication_detail"),
    path("publication/results/<int:inspection_id>/", publication.result_publish, name="result_publish"),
]
