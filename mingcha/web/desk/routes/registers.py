from django.urls import URLPattern, path

from mingcha.web.desk import (
    register_confirmations,
    register_disputes,
    register_entries,
    register_exports,
    register_people,
    register_views,
    registers,
)

urlpatterns: list[URLPattern] = [
    path("registers/", registers.register_list, name="register_list"),
    path("registers/views/", register_views.view_list, name="view_list"),
    path("registers/views/<int:pk>/drop/", register_views.view_drop, name="view_drop"),
    path("registers/columns/", register_views.columns, name="columns"),
    path("registers/subjects/export/", register_exports.subject_export, name="subject_export"),
    path("registers/exports/<int:pk>/", register_exports.export_detail, name="export_detail"),
    path("registers/exports/<int:pk>/progress/", register_exports.export_progress, name="export_progress"),
    path("registers/exports/<int:pk>/file/", register_exports.export_file, name="export_file"),
    path("registers/subjects/new/", register_entries.subject_new, name="subject_new"),
    path("registers/subjects/<int:pk>/", registers.subject_detail, name="subject_detail"),
    path("registers/subjects/<int:pk>/amend/", register_entries.subject_amend, name="subject_amend"),
    path("registers/subjects/<int:pk>/close/", registers.subject_close, name="subject_close"),
    path("registers/subjects/<int:pk>/reopen/", registers.subject_reopen, name="subject_reopen"),
    path("registers/subjects/<int:pk>/disputes/new/", register_disputes.dispute_declare, name="dispute_declare"),
    path(
        "registers/subjects/<int:pk>/disputes/<int:dispute_pk>/end/", register_disputes.dispute_end, name="dispute_end"
    ),
    path("registers/confirm/<int:pk>/<slug:kind>/", register_confirmations.register_confirm, name="register_confirm"),
    path("registers/inspectors/", registers.inspector_list, name="inspector_list"),
    path("registers/inspectors/new/", register_entries.inspector_new, name="inspector_new"),
    path("registers/inspectors/<int:pk>/", registers.inspector_detail, name="inspector_detail"),
    path("registers/inspectors/<int:pk>/amend/", register_entries.inspector_amend, name="inspector_amend"),
    path("registers/inspectors/<int:pk>/login/", register_people.login_give, name="login_give"),
    path("registers/inspectors/<int:pk>/avoidances/new/", register_people.avoidance_declare, name="avoidance_declare"),
    path(
        "registers/inspectors/<int:pk>/avoidances/<int:avoidance_pk>/withdraw/",
        register_people.avoidance_withdraw,
        name="avoidance_withdraw",
    ),
    path("registers/inspectors/<int:pk>/suspend/", registers.inspector_suspend, name="inspector_suspend"),
    path("registers/inspectors/<int:pk>/restore/", registers.inspector_restore, name="inspector_restore"),
]
