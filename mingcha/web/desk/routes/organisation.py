from django.urls import URLPattern, path

from mingcha.web.desk import organisation

urlpatterns: list[URLPattern] = [
    path("accounts/", organisation.account_list, name="account_list"),
    path("accounts/new/", organisation.account_open, name="account_open"),
    path("accounts/<int:pk>/", organisation.account_detail, name="account_detail"),
    path("accounts/roles/<int:pk>/withdraw/", organisation.role_withdraw, name="role_withdraw"),
]
