from django.urls import URLPattern, path

from mingcha.web.desk import plans

urlpatterns: list[URLPattern] = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_draft, name="plan_draft"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/edit/", plans.plan_amend, name="plan_amend"),
    path("plans/<int:pk>/submit/", plans.plan_submit, name="plan_submit"),
    path("plans/<int:pk>/approve/", plans.plan_approve, name="plan_approve"),
    path("plans/<int:pk>/return/", plans.plan_return, name="plan_return"),
    path("campaigns/", plans.campaign_list, name="campaign_list"),
    path("campaigns/new/<int:plan_id>/", plans.campaign_draft, name="campaign_draft"),
    path("campaigns/<int:pk>/", plans.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/edit/", plans.campaign_amend, name="campaign_amend"),
    path("campaigns/<int:pk>/submit/", plans.campaign_submit, name="campaign_submit"),
    path("campaigns/<int:pk>/approve/", plans.campaign_approve, name="campaign_approve"),
    path("campaigns/<int:pk>/return/", plans.campaign_return, name="campaign_return"),
]
