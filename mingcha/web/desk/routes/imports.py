from django.urls import URLPattern, path

from mingcha.web.desk import import_files, register_imports

urlpatterns: list[URLPattern] = [
    path("registers/imports/", register_imports.import_list, name="import_list"),
    path("registers/imports/new/", register_imports.import_new, name="import_new"),
    path("registers/imports/<int:pk>/", register_imports.import_detail, name="import_detail"),
    path("registers/imports/<int:pk>/progress/", register_imports.import_progress, name="import_progress"),
    path("registers/imports/<int:pk>/columns/", register_imports.import_columns, name="import_columns"),
    path("registers/imports/<int:pk>/reread/", register_imports.import_reread, name="import_reread"),
    path("registers/imports/<int:pk>/merge/", register_imports.import_merge, name="import_merge"),
    path("registers/imports/<int:pk>/drop/", register_imports.import_drop, name="import_drop"),
    path("registers/imports/<int:pk>/undo/", register_imports.import_undo, name="import_undo"),
    path("registers/imports/<int:pk>/problems/", import_files.import_problems, name="import_problems"),
    path("registers/imports/<int:pk>/missing/", import_files.import_missing, name="import_missing"),
    path("registers/template/<slug:kind>/", import_files.import_template, name="import_template"),
]
