from django.urls import URLPattern, path

from mingcha.web.desk import filings, filings_acts, filings_due, filings_nil

urlpatterns: list[URLPattern] = [
    path("filings/", filings.filing_list, name="filing_list"),
    path("filings/due/", filings_due.filing_due, name="filing_due"),
    path("filings/nil/", filings_nil.filing_nil, name="filing_nil"),
    path("filings/<int:pk>/", filings.filing_detail, name="filing_detail"),
    path("filings/<int:pk>/form.pdf", filings.filing_form, name="filing_form"),
    path("filings/<int:pk>/form.docx", filings.filing_word, name="filing_word"),
    path("filings/<int:pk>/scan/", filings.filing_scan, name="filing_scan"),
    path("filings/<int:pk>/seal/", filings_acts.filing_seal, name="filing_seal"),
    path("filings/<int:pk>/send/", filings_acts.filing_send, name="filing_send"),
    path("filings/<int:pk>/acknowledge/", filings_acts.filing_acknowledge, name="filing_acknowledge"),
    path("filings/<int:pk>/return/", filings_acts.filing_return, name="filing_return"),
    path("filings/receipts/<int:pk>/scan/", filings.receipt_scan, name="receipt_scan"),
]
