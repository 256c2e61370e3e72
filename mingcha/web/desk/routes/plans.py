from django.urls import URLPattern, path

from mingcha.web.desk import campaigns, plans

urlpatterns: list[URLPattern] = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_draft, name="plan_draft"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/edit/", plans.plan_amend, name="plan_amend"),
    path("plans/<int:pk>/submit/", plans.plan_submit, name="plan_submit"),
    path("plans/<int:pk>/approve/", plans.plan_approve, name="plan_approve"),
    path("plans/<int:pk>/return/", plans.plan_return, name="plan_return"),
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/new/<int:plan_id>/", campaigns.campaign_draft, name="campaign_draft"),
    path("campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/edit/", campaigns.campaign_amend, name="campaign_amend"),
    path("campaigns/<int:pk>/frame/", campaigns.campaign_frame, name="campaign_frame"),
    path("campaigns/<int:pk>/supplement/", campaigns.campaign_supplement, name="campaign_supplement"),
    path("campaigns/<int:pk>/submit/", campaigns.campaign_submit, name="campaign_submit"),
    path("campaigns/<int:pk>/approve/", campaigns.campaign_approve, name="campaign_approve"),
    path("campaigns/<int:pk>/return/", campaigns.campaign_return, name="campaign_return"),
]
