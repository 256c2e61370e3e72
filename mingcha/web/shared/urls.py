from django.contrib.auth.views import LogoutView
from django.urls import path

from mingcha.web.shared import login, password

app_name = "shared"
urlpatterns = [
    path("login/", login.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", password.own_password, name="password"),
    path("home/", login.home, name="home"),
]
