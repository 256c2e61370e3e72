from django.urls import URLPattern, path

from mingcha.web.desk import departments, organisation

urlpatterns: list[URLPattern] = [
    path("accounts/", organisation.account_list, name="account_list"),
    path("accounts/new/", organisation.account_open, name="account_open"),
    path("accounts/<int:pk>/", organisation.account_detail, name="account_detail"),
    path("accounts/<int:pk>/deactivate/", organisation.account_deactivate, name="account_deactivate"),
    path("accounts/<int:pk>/reactivate/", organisation.account_reactivate, name="account_reactivate"),
    path("accounts/departments/", departments.department_list, name="department_list"),
    path("accounts/departments/new/", departments.department_open, name="department_open"),
    path("accounts/departments/<int:pk>/", departments.department_amend, name="department_amend"),
    path("accounts/departments/<int:pk>/key/", departments.department_key, name="department_key"),
    path("accounts/roles/<int:pk>/withdraw/", organisation.role_withdraw, name="role_withdraw"),
]
