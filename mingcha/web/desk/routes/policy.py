from django.urls import URLPattern, path

from mingcha.web.desk import policy, policy_compare, policy_whatif

urlpatterns: list[URLPattern] = [
    path("policy/", policy.policy_list, name="policy_list"),
    path("policy/adopt/", policy.policy_adopt, name="policy_adopt"),
    path("policy/compare/", policy_compare.policy_compare, name="policy_compare"),
    path("policy/what-if/", policy_whatif.policy_whatif, name="policy_whatif"),
    path("policy/<int:pk>/", policy.policy_detail, name="policy_detail"),
    path("policy/calendar/", policy.calendar_list, name="calendar_list"),
    path("policy/calendar/new/", policy.calendar_amend, name="calendar_amend"),
    path("policy/calendar/<int:year>/known/", policy.year_declare, name="year_declare"),
]
