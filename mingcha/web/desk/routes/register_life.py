from django.urls import URLPattern, path

from mingcha.web.desk import register_links, register_reliefs, register_roster, register_sets, register_signals

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
    path("registers/signals/", register_signals.signal_list, name="signal_list"),
    path("registers/subjects/<int:pk>/signals/new/", register_signals.signal_add, name="signal_add"),
    path(
        "registers/subjects/<int:pk>/signals/<int:signal_pk>/close/", register_signals.signal_close, name="signal_close"
    ),
    path("registers/subjects/<int:pk>/credit/", register_signals.credit_set, name="credit_set"),
    path("registers/reliefs/", register_reliefs.relief_list, name="relief_list"),
    path("registers/reliefs/candidates/", register_reliefs.relief_candidates_page, name="relief_candidates"),
    path("registers/reliefs/<int:pk>/end/", register_reliefs.relief_end, name="relief_end"),
    path("registers/subjects/<int:pk>/reliefs/new/", register_reliefs.relief_decide, name="relief_decide"),
    path("registers/papers/", register_roster.roster_papers, name="roster_papers"),
    path("registers/inspectors/<int:pk>/describe/", register_roster.inspector_describe, name="inspector_describe"),
    path("registers/inspectors/<int:pk>/release/", register_roster.inspector_release, name="inspector_release"),
    path("registers/inspectors/<int:pk>/papers/new/", register_roster.qualification_add, name="qualification_add"),
    path(
        "registers/inspectors/<int:pk>/papers/<int:paper_pk>/drop/",
        register_roster.qualification_drop,
        name="qualification_drop",
    ),
    path("registers/inspectors/<int:pk>/leaves/new/", register_roster.leave_grant, name="leave_grant"),
    path("registers/inspectors/<int:pk>/leaves/<int:leave_pk>/end/", register_roster.leave_end, name="leave_end"),
    path("registers/inspectors/<int:pk>/trainings/new/", register_roster.training_add, name="training_add"),
]
