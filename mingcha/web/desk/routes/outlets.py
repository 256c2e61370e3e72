from django.urls import URLPattern, path

from mingcha.web.desk import outlets

urlpatterns: list[URLPattern] = [
    path("publication/outlets/", outlets.outlet_list, name="outlet_list"),
    path("publication/outlets/<int:pk>/", outlets.outlet_detail, name="outlet_detail"),
    path("publication/outlets/<int:pk>/package/", outlets.outlet_package, name="outlet_package"),
    path("publication/outlets/<int:pk>/again/", outlets.outlet_again, name="outlet_again"),
    path("publication/outlets/<int:pk>/posting/", outlets.outlet_enter, name="outlet_enter"),
]
