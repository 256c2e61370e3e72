from django.urls import URLPattern, URLResolver, path

from mingcha.web.ceremony import following, hall, seats, witness

app_name = "ceremony"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", seats.enter, name="enter"),
    path("<slug:number>/", witness.page, name="page"),
    path("<slug:number>/hall/", hall.hall, name="hall"),
    path("<slug:number>/state/", following.state, name="state"),
    path("<slug:number>/result.json", following.result, name="result"),
    path("<slug:number>/commit/", witness.commit, name="commit"),
    path("<slug:number>/open/", witness.open_secret, name="open"),
    path("<slug:number>/sign/", witness.sign, name="sign"),
    path("<slug:number>/objection/", witness.disagree, name="objection"),
]
