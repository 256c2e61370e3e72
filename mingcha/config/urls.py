"""Who is served where; every audience keeps its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("mingcha.web.desk.urls")),
    path("m/", include("mingcha.web.field.urls")),
    path("w/", include("mingcha.web.ceremony.urls")),
    path("", include("mingcha.web.shared.urls")),
    path("", include("mingcha.web.portal.urls")),
]

handler403 = "mingcha.web.shared.errors.forbidden"
handler404 = "mingcha.web.shared.errors.not_found"
handler500 = "mingcha.web.shared.errors.broken"
