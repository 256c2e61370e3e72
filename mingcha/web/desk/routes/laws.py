from django.urls import URLPattern, path

from mingcha.web.desk import discretion, laws, powers

urlpatterns: list[URLPattern] = [
    path("items/laws/", laws.law_list, name="law_list"),
    path("items/laws/new/", laws.law_enter, name="law_enter"),
    path("items/laws/<int:pk>/", laws.law_detail, name="law_detail"),
    path("items/laws/<int:pk>/remove/", laws.law_remove, name="law_remove"),
    path("items/laws/<int:pk>/repeal/", laws.law_repeal, name="law_repeal"),
    path("items/<int:pk>/bases/", laws.item_bases, name="item_bases"),
    path("items/bases/<int:pk>/remove/", laws.basis_remove, name="basis_remove"),
    path("items/frozen/", laws.freeze_list, name="freeze_list"),
    path("items/frozen/<int:pk>/lift/", laws.freeze_lift, name="freeze_lift"),
    path("items/discretion/", discretion.benchmark_list, name="benchmark_list"),
    path("items/discretion/export.csv", discretion.benchmark_export, name="benchmark_export"),
    path("items/discretion/<int:pk>/end/", discretion.benchmark_end, name="benchmark_end"),
    path("items/<int:pk>/discretion/", discretion.item_benchmarks, name="item_benchmarks"),
    path("items/<int:pk>/discretion/write/", discretion.benchmark_write, name="benchmark_write"),
    path("items/powers/", powers.coverage, name="power_coverage"),
    path("items/powers/template.xlsx", powers.power_template, name="power_template"),
    path("items/powers/entries/<int:pk>/link/", powers.power_link, name="power_link"),
    path("items/powers/<slug:department>/", powers.power_list, name="power_list"),
    path("items/powers/<slug:department>/import/", powers.power_import, name="power_import"),
]
