from django.contrib.auth.views import LogoutView
from django.urls import path

from mingcha.web.shared import login

app_name = "shared"
urlpatterns = [
    path("login/", login.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("home/", login.home, name="home"),
]
