from django.urls import path

from mingcha.web.field import results, sheet, today, visits

app_name = "field"
urlpatterns = [
    path("", today.today, name="today"),
    path("acknowledge/", today.acknowledge_all, name="acknowledge_all"),
    path("<int:pk>/acknowledge/", visits.acknowledge, name="visit_acknowledge"),
    path("<int:pk>/", visits.visit, name="visit"),
    path("<int:pk>/arrive/", visits.arrive, name="visit_arrive"),
    path("<int:pk>/items/<int:finding_id>/", sheet.section, name="section"),
    path("<int:pk>/sign/", visits.sign, name="visit_sign"),
    path("<int:pk>/finish/", visits.finish, name="visit_finish"),
    path("<int:pk>/finished/", visits.finished, name="visit_finished"),
    path("<int:pk>/record/", results.record, name="result_record"),
    path("photos/<int:pk>/", sheet.photo, name="photo"),
]
