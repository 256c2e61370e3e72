from django.urls import URLPattern, path

from mingcha.web.desk import inspections

urlpatterns: list[URLPattern] = [
    path("inspections/", inspections.inspection_list, name="inspection_list"),
    path("inspections/<int:pk>/", inspections.inspection_detail, name="inspection_detail"),
    path("inspections/<int:pk>/confirm/", inspections.inspection_confirm, name="inspection_confirm"),
    path("inspections/<int:pk>/return/", inspections.inspection_return, name="inspection_return"),
    path("inspections/photos/<int:pk>/", inspections.inspection_photo, name="inspection_photo"),
    path("inspections/dispatch/<int:draw_id>/", inspections.inspection_dispatch, name="inspection_dispatch"),
]
