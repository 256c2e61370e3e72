from django.urls import path

from mingcha.web.portal import draws, exhibits, firms, home, lists, records, trail, verification, verifiers, witness_seats

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("search/", home.search, name="search"),
    path("items/", lists.items, name="items"),
    path("items/<int:item_id>/", lists.item, name="item"),
    path("plans/", lists.plans, name="plans"),
    path("notices/", lists.notices, name="notices"),
    path("notices/<int:publication_id>/", lists.notice, name="notice"),
    path("results/", lists.results, name="results"),
    path("firms/", firms.firms, name="firms"),
    path("e/<str:code>/", firms.firm, name="firm"),
    path("draws/", draws.draw_list, name="draw_list"),
    path("draws/<str:number>/", draws.draw_detail, name="draw_detail"),
    path("draws/<str:number>/files/<str:name>", draws.draw_file, name="draw_file"),
    path("draws/<str:number>/bundle.zip", draws.draw_bundle, name="draw_bundle"),
    path("draws/<str:number>/record.pdf", records.draw_record, name="draw_record"),
    path("about/draws/", verification.proof, name="draw_proof"),
    path("v/", draws.draw_list),
    path("v/seat/<slug:code>/", witness_seats.seat_receipt, name="seat_receipt"),
    path("v/<str:number>/", verification.verification, name="verification"),
    path("v/<str:number>/names/", verification.drawn_names, name="drawn_names"),
    path("v/<str:number>/dice/<int:pk>/", exhibits.dice_picture, name="dice_picture"),
    path("v/<str:number>/server/", verification.server_check, name="server_check"),
    path("v/<str:number>/seat/", witness_seats.seat_request, name="seat_request"),
    path("verifier.html", verifiers.verifier_page, name="verifier_page"),
    path("fairdraw.pyz", verifiers.verifier_program, name="verifier_program"),
    path("trail/", trail.heads, name="trail"),
    path("trail/heads.csv", trail.heads_file, name="heads_file"),
]
