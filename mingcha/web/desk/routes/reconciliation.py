from django.urls import URLPattern, path

from mingcha.web.desk import reconciliation, reconciliation_succession

urlpatterns: list[URLPattern] = [
    path("items/reconciliation/", reconciliation.reconciliation_list, name="reconciliation_list"),
    path("items/reconciliation/new/", reconciliation.reconciliation_new, name="reconciliation_new"),
    path(
        "items/reconciliation/sync/<slug:department>/", reconciliation.reconciliation_sync, name="reconciliation_sync"
    ),
    path("items/reconciliation/<int:pk>/", reconciliation.reconciliation_detail, name="reconciliation_detail"),
    path("items/reconciliation/<int:pk>/draft/", reconciliation.reconciliation_draft, name="reconciliation_draft"),
    path(
        "items/reconciliation/<int:pk>/corrections.xlsx",
        reconciliation.reconciliation_corrections,
        name="reconciliation_corrections",
    ),
    path("items/succession/", reconciliation_succession.reconciliation_succession, name="reconciliation_succession"),
]
