from django.urls import URLPattern, path

from mingcha.web.desk import (
    catalogue,
    catalogue_alike,
    catalogue_entries,
    catalogue_inherit,
    catalogue_items,
    catalogue_joint,
    catalogue_lists,
)

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
    path("items/alike/", catalogue_alike.alike_list, name="alike_list"),
    path("items/alike/<int:one>/<int:other>/", catalogue_alike.alike_pair, name="alike_pair"),
    path("items/alike/<int:one>/<int:other>/apart/", catalogue_alike.alike_apart, name="alike_apart"),
    path(
        "items/alike/<int:one>/<int:other>/together/<int:joint>/", catalogue_alike.alike_together, name="alike_together"
    ),
    path("items/joint/", catalogue_joint.joint_list, name="joint_list"),
    path("items/joint/new/<slug:department>/", catalogue_joint.joint_draft, name="joint_draft"),
    path("items/joint/<int:pk>/", catalogue_joint.joint_detail, name="joint_detail"),
    path("items/joint/<int:pk>/submit/", catalogue_joint.joint_submit, name="joint_submit"),
    path("items/joint/<int:pk>/decide/", catalogue_joint.joint_decide, name="joint_decide"),
    path("items/joint/<int:pk>/return/", catalogue_joint.joint_return, name="joint_return"),
    path("items/joint/<int:pk>/publish/", catalogue_joint.joint_publish, name="joint_publish"),
    path("items/joint/<int:pk>/pick/", catalogue_entries.joint_pick, name="joint_pick"),
    path("items/joint/<int:pk>/pick/<int:item>/", catalogue_entries.entry_pick, name="entry_pick"),
    path("items/joint/entries/<int:pk>/edit/", catalogue_entries.entry_amend, name="entry_amend"),
    path("items/joint/entries/<int:pk>/drop/", catalogue_entries.entry_drop, name="entry_drop"),
]
