from django.urls import URLPattern, path

from mingcha.web.desk import draw_before, draw_ends, draw_exhibits, draw_records, draw_room, draws

urlpatterns: list[URLPattern] = [
    path("draws/", draws.draw_list, name="draw_list"),
    path("draws/open/<int:campaign_id>/", draws.draw_open, name="draw_open"),
    path("draws/rehearse/<int:campaign_id>/", draws.draw_rehearse, name="draw_rehearse"),
    path("draws/<int:pk>/", draws.draw_detail, name="draw_detail"),
    path("draws/<int:pk>/bundle/", draws.draw_bundle, name="draw_bundle"),
    path("draws/<int:pk>/record/<slug:edition>.pdf", draw_records.draw_record, name="draw_record"),
    path("draws/<int:pk>/exhibits/", draw_exhibits.draw_exhibits, name="draw_exhibits"),
    path("draws/exhibits/<int:pk>/", draw_exhibits.exhibit_file, name="exhibit_file"),
    path("draws/<int:pk>/frame/", draw_before.draw_frame, name="draw_frame"),
    path("draws/<int:pk>/report/", draw_before.draw_report, name="draw_report"),
    path("draws/<int:pk>/announce/", draw_before.draw_announce, name="draw_announce"),
    path("draws/<int:pk>/witnesses/", draw_before.draw_witnesses, name="draw_witnesses"),
    path("draws/<int:pk>/witnesses/<int:invitation>/answer/", draw_before.draw_request, name="draw_request"),
    path("draws/<int:pk>/witnesses/<int:invitation>/withdraw/", draw_before.draw_withdraw, name="draw_withdraw"),
    path("draws/<int:pk>/witnesses/<int:invitation>/card/", draw_before.draw_card, name="draw_card"),
    path("draws/<int:pk>/devices/", draw_before.draw_devices, name="draw_devices"),
    path("draws/<int:pk>/freeze/", draw_before.draw_freeze, name="draw_freeze"),
    path("draws/<int:pk>/copies/", draw_room.draw_copies, name="draw_copies"),
    path("draws/<int:pk>/dice/", draw_room.draw_dice, name="draw_dice"),
    path("draws/<int:pk>/unseal/", draw_room.draw_unseal, name="draw_unseal"),
    path("draws/<int:pk>/show/", draw_room.draw_show, name="draw_show"),
    path("draws/<int:pk>/show/end/", draw_room.draw_show_end, name="draw_show_end"),
    path("draws/<int:pk>/sign/<slug:seat>/", draw_ends.draw_sign, name="draw_sign"),
    path("draws/<int:pk>/abort/", draw_ends.draw_abort, name="draw_abort"),
    path("draws/<int:pk>/abort/confirm/", draw_ends.draw_abort_confirm, name="draw_abort_confirm"),
    path("draws/<int:pk>/void/", draw_ends.draw_void, name="draw_void"),
    path("draws/<int:pk>/void/confirm/", draw_ends.draw_void_confirm, name="draw_void_confirm"),
]
