from django.urls import URLPattern, path

from mingcha.web.desk import draw_records, draws

urlpatterns: list[URLPattern] = [
    path("draws/", draws.draw_list, name="draw_list"),
    path("draws/open/<int:campaign_id>/", draws.draw_open, name="draw_open"),
    path("draws/<int:pk>/", draws.draw_detail, name="draw_detail"),
    path("draws/<int:pk>/freeze/", draws.draw_freeze, name="draw_freeze"),
    path("draws/<int:pk>/dice/", draws.draw_dice, name="draw_dice"),
    path("draws/<int:pk>/unseal/", draws.draw_unseal, name="draw_unseal"),
    path("draws/<int:pk>/sign/<slug:seat>/", draws.draw_sign, name="draw_sign"),
    path("draws/<int:pk>/abort/", draws.draw_abort, name="draw_abort"),
    path("draws/<int:pk>/abort/confirm/", draws.draw_abort_confirm, name="draw_abort_confirm"),
    path("draws/<int:pk>/bundle/", draws.draw_bundle, name="draw_bundle"),
    path("draws/<int:pk>/record/<slug:edition>.pdf", draw_records.draw_record, name="draw_record"),
]
