from django.urls import URLPattern, path

from mingcha.web.desk import catalogue, catalogue_inherit, catalogue_items, catalogue_lists

urlpatterns: list[URLPattern] = [
    path("items/", catalogue.item_list, name="item_list"),
    path("items/<int:pk>/", catalogue.item_detail, name="item_detail"),
    path("items/<int:pk>/edit/", catalogue_items.item_amend, name="item_amend"),
    path("items/<int:pk>/remove/", catalogue_items.item_remove, name="item_remove"),
    path("items/lists/new/<slug:department>/", catalogue.list_draft, name="list_draft"),
    path("items/lists/<int:pk>/", catalogue.list_detail, name="list_detail"),
    path("items/lists/<int:pk>/new/", catalogue_items.item_enter, name="item_enter"),
    path("items/lists/<int:pk>/why/", catalogue_lists.list_explain, name="list_explain"),
    path("items/lists/<int:pk>/why/<slug:code>/", catalogue_lists.list_explain, name="item_explain"),
    path("items/lists/<int:pk>/submit/", catalogue_lists.list_submit, name="list_submit"),
    path("items/lists/<int:pk>/decide/", catalogue_lists.list_decide, name="list_decide"),
    path("items/lists/<int:pk>/return/", catalogue_lists.list_return, name="list_return"),
    path("items/lists/<int:pk>/publish/", catalogue_lists.list_publish, name="list_publish"),
    path("items/lists/<int:pk>/compare/", catalogue_lists.list_compare, name="list_compare"),
    path("items/lists/<int:pk>/inherit/", catalogue_inherit.list_inherit, name="list_inherit"),
]
