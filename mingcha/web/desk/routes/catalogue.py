from django.urls import URLPattern, path

from mingcha.web.desk import catalogue

urlpatterns: list[URLPattern] = [
    path("items/", catalogue.item_list, name="item_list"),
    path("items/<int:pk>/", catalogue.item_detail, name="item_detail"),
    path("items/<int:pk>/edit/", catalogue.item_amend, name="item_amend"),
    path("items/<int:pk>/remove/", catalogue.item_remove, name="item_remove"),
    path("items/lists/new/<slug:department>/", catalogue.list_draft, name="list_draft"),
    path("items/lists/<int:pk>/", catalogue.list_detail, name="list_detail"),
    path("items/lists/<int:pk>/new/", catalogue.item_enter, name="item_enter"),
    path("items/lists/<int:pk>/why/", catalogue.list_explain, name="list_explain"),
    path("items/lists/<int:pk>/force/", catalogue.list_bring_into_force, name="list_bring_into_force"),
]
