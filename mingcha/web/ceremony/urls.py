from django.urls import URLPattern, URLResolver

app_name = "ceremony"
urlpatterns: list[URLPattern | URLResolver] = []
