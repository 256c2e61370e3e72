from mingcha.web.desk.routes import (
    audit,
    catalogue,
    draws,
    duties,
    filings,
    home,
    inspections,
    laws,
    organisation,
    plans,
    policy,
    publication,
    registers,
)

app_name = "desk"
urlpatterns = [
    *home.urlpatterns,
    *catalogue.urlpatterns,
    *laws.urlpatterns,
    *registers.urlpatterns,
    *plans.urlpatterns,
    *draws.urlpatterns,
    *inspections.urlpatterns,
    *publication.urlpatterns,
    *duties.urlpatterns,
    *filings.urlpatterns,
    *policy.urlpatterns,
    *audit.urlpatterns,
    *organisation.urlpatterns,
]
