from django.urls import URLPattern, path

from mingcha.web.desk import register_links, register_sets

urlpatterns: list[URLPattern] = [
    path("registers/links/", register_links.link_list, name="link_list"),
    path("registers/links/orphans/", register_links.link_orphans, name="link_orphans"),
    path("registers/links/all/<int:pk>/apply/", register_links.link_apply_all, name="link_apply_all"),
    path("registers/links/rules/<int:pk>/apply/", register_links.link_apply, name="link_apply"),
    path("registers/links/rules/<int:pk>/drop/", register_links.link_drop, name="link_drop"),
    path("registers/links/<int:pk>/<slug:code>/", register_links.link_rule, name="link_rule"),
    path("registers/subjects/<int:pk>/links/new/", register_links.link_add, name="link_add"),
    path("registers/subjects/<int:pk>/links/<int:link_pk>/remove/", register_links.link_remove, name="link_remove"),
    path("registers/sets/", register_sets.set_list, name="set_list"),
    path("registers/sets/new/", register_sets.set_new, name="set_new"),
    path("registers/sets/<int:pk>/", register_sets.set_detail, name="set_detail"),
    path("registers/sets/<int:pk>/enter/", register_sets.set_enter, name="set_enter"),
    path("registers/sets/<int:pk>/remove/", register_sets.set_remove, name="set_remove"),
    path("registers/sets/<int:pk>/drop/", register_sets.set_drop, name="set_drop"),
]
