from django.urls import URLPattern, path

from mingcha.web.desk import rulebooks, rulebooks_acts

urlpatterns: list[URLPattern] = [
    path("rulebooks/", rulebooks.rulebook_list, name="rulebook_list"),
    path("rulebooks/new/<slug:department>/", rulebooks.rulebook_draft, name="rulebook_draft"),
    path("rulebooks/<int:pk>/", rulebooks.rulebook_detail, name="rulebook_detail"),
    path("rulebooks/<int:pk>/submit/", rulebooks_acts.rulebook_submit, name="rulebook_submit"),
    path("rulebooks/<int:pk>/decide/", rulebooks_acts.rulebook_decide, name="rulebook_decide"),
    path("rulebooks/<int:pk>/return/", rulebooks_acts.rulebook_return, name="rulebook_return"),
    path("rulebooks/<int:pk>/publish/", rulebooks_acts.rulebook_publish, name="rulebook_publish"),
    path("rulebooks/<int:pk>/compare/", rulebooks_acts.rulebook_compare, name="rulebook_compare"),
    path("rulebooks/chapters/<int:pk>/", rulebooks.chapter_write, name="chapter_write"),
    path("rulebooks/chapters/<int:pk>/restore/", rulebooks.chapter_restore, name="chapter_restore"),
]
