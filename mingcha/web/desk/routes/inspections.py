from django.urls import URLPattern, path

from mingcha.web.desk import draw_changes, inspections, notices

urlpatterns: list[URLPattern] = [
    path("inspections/", inspections.inspection_list, name="inspection_list"),
    path("inspections/<int:pk>/", inspections.inspection_detail, name="inspection_detail"),
    path("inspections/<int:pk>/confirm/", inspections.inspection_confirm, name="inspection_confirm"),
    path("inspections/<int:pk>/return/", inspections.inspection_return, name="inspection_return"),
    path("inspections/photos/<int:pk>/", inspections.inspection_photo, name="inspection_photo"),
    path("inspections/dispatch/<int:draw_id>/", inspections.inspection_dispatch, name="inspection_dispatch"),
    path("inspections/notices/", notices.notice_list, name="notice_list"),
    path("inspections/notices/slips/", notices.notice_slips, name="notice_slips"),
    path("draws/<int:pk>/changes/", draw_changes.draw_changes, name="draw_changes"),
    path("draws/subjects/<int:pk>/substitute/", draw_changes.substitute_propose, name="substitute_propose"),
    path("draws/subjects/<int:pk>/reserve/", draw_changes.reserve_propose, name="reserve_propose"),
    path("draws/substitutes/<int:pk>/", draw_changes.substitute_decide, name="substitute_decide"),
    path("draws/reserves/<int:pk>/", draw_changes.reserve_decide, name="reserve_decide"),
]
